/** At least two values per class of what has broken out of a quote, or changed on the way, somewhere. */
export const hostileValues: Readonly<Record<string, readonly string[]>> = {
  semicolon: ['x; touch PWN', '; touch PWN; #', "'; touch PWN; '"],
  ampersand: ['x & touch PWN', '&& touch PWN', 'a&touch PWN&b'],
  pipe: ['| touch PWN', 'x || touch PWN', '|tee PWN'],
  dollar: ['$(touch PWN)', '$' + '{IFS}touch$IFS' + 'PWN', '$HOME', '$', '$$', "$'\\x41'", '(touch PWN)'],
  backtick: ['`touch PWN`', '`', '``', "'`touch PWN`'"],
  'single quote': ["'", "''", "a'b", "'$(touch PWN)'", "x' ; touch PWN ; '", "'\\''; touch PWN; '\\''"],
  'double quote': ['"', '""', 'a"b', '"; touch PWN; "', '"$(touch PWN)"', '\'"\'"; touch PWN; "\'"\''],
  backslash: ['\\', '\\\\', '\\\\\\', "\\'", "\\'; touch PWN; \\'", 'a\\', '\\n', '\\"', "'\\", '\\; touch PWN; #'],
  'leading dash': ['-', '--', '-rf', '--help', '-e;touch PWN', '--version=$(touch PWN)'],
  glob: ['*', '?', '[a-z]*', '/*', '**/*', '*(e:"touch PWN":)', '[!a]', '/etc/pass?d'],
  tilde: ['~', '~root', '~/x', 'a:~', '~+', '=ls', '=touch'],
  brace: ['{a,b}', '{1..5}', '{}', '}', '{', '{{v}}', '{v}', '{touch,PWN}'],
  redirect: ['> PWN', '>PWN', '<PWN', '2>PWN', '<(touch PWN)', '>>PWN', '^PWN', '>|PWN'],
  comment: ['#', '# x', 'a #b', ' #'],
  history: ['!', '!!', '!$', '!touch', 'a!b'],
  spaces: [' ', '  a  b  ', 'a b', ' a', 'a '],
  keyword: ['if', 'end', 'done', 'then', 'time', 'begin; touch PWN; end', 'and touch PWN', 'not'],
  percent: ['%s', '%d%n', '%self', '%1', '100%'],
  dots: ['..', '../../etc/passwd', '.', '...'],
  unicode: [
    'häßlich',
    '日本語',
    '😀 $(touch PWN)',
    'e\u0301',
    '\u2019; touch PWN',
    '\uff1b touch PWN',
    '\u00a0',
    '\u3000a',
  ],
  // fish keeps its own marks for globs and raw bytes in these ranges.
  'private use': ['\uf600', '\uf601\uf6ff', '\ufdd0', '\ufdd1\ufdef', '\ue000', '\uf8ff', '\u{10fffd}', '\uffff'],
  'very long': ['a'.repeat(4096), "'".repeat(4096), '\\'.repeat(4096), "'\\".repeat(2048), '$(touch PWN)'.repeat(300)],
}

/** What no pattern and no `param_info` lets through. */
export const refusedValues: Readonly<Record<string, readonly string[]>> = {
  newline: ['a\nb', '\n', 'x\ntouch PWN', 'x\r\ntouch PWN', 'a\u2028b', 'a\u0085b'],
  nul: ['\u0000', 'a\u0000b'],
  control: ['\u001b[2J', '\u0007', 'a\tb', '\u007f', '\u009b31m'],
  'bidi and zero width': ['\u202etxt.exe', 'a\u200bb', '\u2066x\u2069', '\ufeffx'],
  'lone surrogate': ['\ud800', 'a\udfff'],
}
