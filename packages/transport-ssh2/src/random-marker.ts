import { randomUUID } from 'node:crypto'

/** A word that no output can foretell: it fences what we asked for from what a command prints. */
export function randomMarker(): string {
  return `sshmcp-${randomUUID().replaceAll('-', '')}`
}
