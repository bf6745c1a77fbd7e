import { type LineScan, type Scanner, skipBlank } from './scan.ts'
import { valueExtent } from './value-extent.ts'
import { isPlaceholder, looksRandom } from './value-shape.ts'

/** "Password" in languages whose word for it is not plain ASCII. */
export const foreignNames: readonly string[] = [
  'contraseña',
  'Contraseña',
  'пароль',
  'Пароль',
  'парола',
  'Парола',
  'hasło',
  'Hasło',
  'lösenord',
  'Lösenord',
  'jelszó',
  'Jelszó',
  'şifre',
  'Şifre',
  'parolă',
  'mật khẩu',
  'Mật khẩu',
  'κωδικός',
  'Κωδικός',
  'סיסמה',
  'كلمة المرور',
  '密码:',
  '密码：',
  '密码=',
  '密碼:',
  '密碼：',
  'パスワード',
  '비밀번호',
]

/** `пароль: X`, `密码：X`. */
export const scanForeignName: Scanner = (scan: LineScan, position) => {
  const { line } = scan
  const name = foreignNames.find((item) => line.startsWith(item, position)) ?? ''
  let at = position + name.length
  while (/["'`*)\]]/.test(line[at] ?? ' ')) at++
  at = skipBlank(line, at)
  if (/[:=：]/.test(line[at] ?? ' ')) at = skipBlank(line, at + 1)
  else if (!/[:=：]$/.test(name)) return
  const extent = valueExtent(line, at)
  const value = line.slice(extent.start, extent.end)
  if (looksRandom(value) && !isPlaceholder(value)) scan.spans.add(extent.start, extent.end, 'password')
}
