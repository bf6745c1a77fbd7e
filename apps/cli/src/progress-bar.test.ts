import { expect, test } from 'vitest'
import { progressBar } from './progress-bar.ts'

const mebibyte = 1024 * 1024

function drawn(isInteractive: boolean, all: number): string {
  let text = ''
  const bar = progressBar({
    isInteractive,
    complain: (more) => {
      text += more
    },
  })
  for (let done = 0; done <= all; done += all / 4) bar?.show(done, all)
  bar?.end()
  return text
}

test('shows how far it is, and leaves the line empty', () => {
  const text = drawn(true, 64 * mebibyte)
  for (const percent of ['  0 %', ' 25 %', ' 50 %', ' 75 %', '100 %']) expect(text).toContain(percent)
  expect(text).toMatch(/\r +\r$/)
})

test('is silent in a pipe, and for what is over at once', () => {
  expect(drawn(false, 64 * mebibyte)).toBe('')
  expect(drawn(true, mebibyte)).toBe('')
})
