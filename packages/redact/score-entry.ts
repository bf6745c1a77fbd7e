import { createRedactor } from './src/index.ts'

// What the scorer imports: plain text in, plain text out.
const redactor = createRedactor()

export const redact = (text: string): string => redactor.redact(text).text
export const createStream = () => redactor.stream()
