import { kernelErrors } from '@sshmcp/kernel'
import * as z from 'zod'

/** Input fields that several tools share, so that they are described once. */
export const hostIdField = z
  .string()
  .regex(/^[A-Za-z0-9._][A-Za-z0-9._-]{0,127}$/, 'must be a host_id as list_hosts shows it')
  .describe('From list_hosts')

export const templateIdField = z
  .string()
  .regex(/^[A-Za-z0-9._][A-Za-z0-9._-]{0,127}$/, 'must be a template_id as list_templates shows it')
  .describe('From list_templates')

export const paramsField = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .default({})
  .describe('The template’s parameters, as list_templates shows them')

export const approvalField = z.string().default('').describe('request_id from request_approval, if needs_approval')

export const spentApprovalField = z.string().describe('request_id from request_approval')

export const reasonField = z.string().max(2000).describe('Why')

export const ttlField = z.int().min(0).default(0).describe('0: the default')

export const sessionIdField = z.string().min(1).max(64).describe('From ssh_connect')

export const jobIdField = z.string().min(1).max(64).describe('From run_ssh_command_background, or a truncated reply')

export const remotePathField = z.string().min(1).max(4096).describe('Absolute path on the host')

export const optionalSessionField = z.string().default('').describe('From ssh_connect, to use that connection')

/** What a field without a default needs in one case only. */
export function inputMissing(field: string, why: string) {
  return kernelErrors.error('INPUT_INVALID', { message: `${field}: is missing; it ${why}.`, field })
}
