import type { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { PageDesk, SignedIn } from './page-desk.ts'

/** Browsers hold few connections to one server: a tab that is not looked at closes its own. */
const mostStreamsEach = 6
const heartbeatMs = 15_000

/** `GET /approvals/events`: says that something changed, never what. The page then looks again, on the road. */
export function addEvents(pages: Hono<SignedIn>, desk: PageDesk): void {
  const open = new Map<string, number>()
  pages.get('/approvals/events', (context) => {
    const { id, token } = context.get('session')
    const before = open.get(id) ?? 0
    // To a browser 204 means not to come again.
    if (before >= mostStreamsEach) return context.body(null, 204)
    open.set(id, before + 1)
    return streamSSE(context, async (stream) => {
      const bell = createBell()
      const silence = desk.news.listen(() => bell.ring('news'))
      const beat = setInterval(() => bell.ring('beat'), heartbeatMs)
      const end = (): void => bell.ring('end')
      stream.onAbort(end)
      desk.stopping?.addEventListener('abort', end)
      try {
        await stream.writeSSE({ event: 'ready', data: '' })
        for (let heard = await bell.heard(); heard !== 'end' && !stream.aborted; heard = await bell.heard()) {
          const isOver =
            desk.sessions.find(id) === undefined ||
            (await desk.authenticate(token).catch(() => undefined)) === undefined
          await stream.writeSSE({ event: isOver ? 'ended' : heard, data: '' })
          if (isOver) return
        }
      } finally {
        clearInterval(beat)
        silence()
        desk.stopping?.removeEventListener('abort', end)
        const left = (open.get(id) ?? 1) - 1
        if (left > 0) open.set(id, left)
        else open.delete(id)
      }
    })
  })
}

type Sound = 'news' | 'beat' | 'end'

interface Bell {
  ring(sound: Sound): void
  /** The next sound; several of one kind that nobody waited for are one. An end stays. */
  heard(): Promise<Sound>
}

function createBell(): Bell {
  const rung = new Set<Sound>()
  let wake = (): void => undefined
  const next = (): Sound | undefined => (['end', 'news', 'beat'] as const).find((sound) => rung.has(sound))
  return {
    ring(sound) {
      rung.add(sound)
      wake()
    },
    async heard() {
      if (rung.size === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      const sound = next() ?? 'beat'
      if (sound !== 'end') rung.delete(sound)
      return sound
    },
  }
}
