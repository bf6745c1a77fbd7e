export interface HostFacts {
  readonly os: string | null
  readonly kernel: string | null
  readonly hostname: string | null
  readonly uptimeSeconds: number | null
  readonly cpu: {
    readonly count: number
    readonly model: string | null
    readonly loadAverage: readonly number[] | null
  } | null
  readonly memory: Memory | null
  readonly disks: readonly Disk[] | null
}

interface Memory {
  readonly totalBytes: number
  readonly availableBytes: number | null
  readonly swapTotalBytes: number | null
  readonly swapFreeBytes: number | null
}

interface Disk {
  readonly filesystem: string
  readonly mount: string
  readonly sizeBytes: number
  readonly usedBytes: number
  readonly availableBytes: number
  readonly usePercent: number | null
}

/** Reads the output of the facts script. What the host did not say is null, never a guess. */
export function parseFacts(output: string): HostFacts {
  const sections = new Map(
    output
      .split(/^@@/m)
      .slice(1)
      .map((part): [string, string[]] => {
        const [name = '', ...lines] = part.split('\n').map((line) => line.trimEnd())
        return [name, lines.filter((line) => line !== '')]
      }),
  )
  const lines = (name: string): readonly string[] => sections.get(name) ?? []
  return {
    os: osName(lines('os')),
    kernel: lines('kernel')[0] ?? null,
    hostname: lines('hostname')[0] ?? null,
    uptimeSeconds: wholeNumber(lines('uptime')[0]),
    cpu: cpu(lines('cpu'), lines('load')[0]),
    memory: memory(lines('memory')),
    disks: disks(lines('disks')),
  }
}

function osName(lines: readonly string[]): string | null {
  const field = (key: string): string | undefined =>
    lines
      .find((line) => line.startsWith(`${key}=`))
      ?.slice(key.length + 1)
      .replace(/^(["'])(.*)\1$/, '$2')
  const name = field('PRETTY_NAME') ?? [field('NAME'), field('VERSION')].filter((part) => part !== undefined).join(' ')
  return name === '' ? null : name
}

function wholeNumber(line: string | undefined): number | null {
  const number = Number.parseFloat(line ?? '')
  return Number.isFinite(number) ? Math.floor(number) : null
}

function cpu([count, model]: readonly string[], load: string | undefined): HostFacts['cpu'] {
  const processors = wholeNumber(count)
  if (processors === null || processors === 0) return null
  const averages = (load ?? '').split(' ').slice(0, 3).map(Number)
  const loadAverage = averages.length === 3 && averages.every(Number.isFinite) ? averages : null
  return { count: processors, model: model ?? null, loadAverage }
}

function memory(lines: readonly string[]): Memory | null {
  const bytes = (key: string): number | null => {
    const match = lines.map((line) => /^(\w+):\s+(\d+) kB$/.exec(line)).find((found) => found?.[1] === key)
    return match?.[2] === undefined ? null : Number(match[2]) * 1024
  }
  const totalBytes = bytes('MemTotal')
  if (totalBytes === null) return null
  return {
    totalBytes,
    availableBytes: bytes('MemAvailable') ?? bytes('MemFree'),
    swapTotalBytes: bytes('SwapTotal'),
    swapFreeBytes: bytes('SwapFree'),
  }
}

/** POSIX `df -P -k`: six columns; a mount point may contain spaces, the columns before it may not. */
const dfLine = /^(\S.*?)\s+(\d+)\s+(\d+)\s+(-?\d+)\s+(\d+%|-)\s+(\/.*)$/

function disks(lines: readonly string[]): readonly Disk[] | null {
  const found = lines.flatMap((line) => {
    const [, filesystem, size, used, available, percent, mount] = dfLine.exec(line) ?? []
    if (filesystem === undefined || mount === undefined) return []
    const usePercent = percent === '-' ? null : wholeNumber(percent)
    return [
      {
        filesystem,
        mount,
        sizeBytes: Number(size) * 1024,
        usedBytes: Number(used) * 1024,
        availableBytes: Number(available) * 1024,
        usePercent,
      },
    ]
  })
  return found.length === 0 ? null : found
}
