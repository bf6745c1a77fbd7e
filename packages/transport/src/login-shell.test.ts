import { expect, test } from 'vitest'
import { loginShellFrom } from './login-shell.ts'

test.each([
  ['/bin/sh\n', 'posix'],
  ['/usr/bin/dash\n', 'posix'],
  ['/bin/bash\n', 'posix'],
  ['/bin/ash\n', 'posix'],
  ['/usr/local/bin/zsh\n', 'posix'],
  ['/bin/ksh\n', 'posix'],
  ['/bin/mksh\n', 'posix'],
  ['/bin/busybox\n', 'posix'],
  ['/usr/bin/fish\n', 'fish'],
  ['welcome\nmail for you\n/bin/bash\r\n', 'posix'],
  ['/bin/csh\n', 'other'],
  ['/bin/tcsh\n', 'other'],
  ['/bin/rbash\n', 'other'],
  ['/usr/bin/rksh\n', 'other'],
  ['/usr/sbin/nologin\n', 'other'],
  ['/bin/bash --restricted\n', 'other'],
  ['bash\n', 'other'],
  ['$SHELL\n', 'other'],
  ['"$SHELL"\n', 'other'],
  ['/bin/sh\nforced command says hello\n', 'other'],
  ['', 'other'],
])('the answer %j means %s', (answer, family) => {
  expect(loginShellFrom(answer).family).toBe(family)
})
