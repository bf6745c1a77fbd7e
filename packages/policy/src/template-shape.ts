import { risks } from '@sshmcp/kernel'
import * as z from 'zod'
import { named, roleSet, section } from './config-shape.ts'

/** The most characters a value may ever have. */
export const maxValueLength = 4096

const paramInfo = () =>
  section({
    description: z.string().default(''),
    example: z.string().default(''),
    default: z.string().default(''),
    max_length: z.int().min(1).max(maxValueLength).default(maxValueLength),
    allow_leading_dash: z.boolean().default(false),
    allow_dotdot: z.boolean().default(false),
  })

/** `templates.json`, key by key. */
export const templatesShape = () => z.array(templateShape())

const templateShape = () =>
  section({
    template_id: z.string(),
    description: z.string().default(''),
    command: z.string().min(1).optional(),
    argv: z.array(z.string()).min(1).optional(),
    sudo: z.boolean().optional(),
    env: named(z.string()).optional(),
    cwd: z.string().optional(),
    stdin: z.string().optional(),
    allowed_params: named(z.string()).default({}),
    param_info: named(paramInfo()).default({}),
    allowed_roles: roleSet().optional(),
    timeout_seconds: z.int().min(1).max(300).default(30),
    risk_level: z.enum(risks).default('medium'),
  })

/** One template as the file holds it, defaults put in. */
export type TemplateEntry = z.output<ReturnType<typeof templateShape>>
/** What the file says about one parameter beside its pattern. */
export type ParamInfo = z.output<ReturnType<typeof paramInfo>>
