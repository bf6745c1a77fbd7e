import type { Template } from '../template.ts'
import type { Complaint } from './finding.ts'
import { type SimpleCommand, wordText } from './simple-command.ts'

/** Programs that change something whatever their arguments are, and words of others that do. */
const changes: Readonly<Record<string, RegExp | undefined>> = {
  chgrp: /./,
  chmod: /./,
  chown: /./,
  cp: /./,
  dd: /./,
  halt: /^/,
  iptables: /^-[ADIFXPR]/,
  kill: /./,
  killall: /./,
  ln: /./,
  mkdir: /./,
  mkfs: /^/,
  mount: /./,
  mv: /./,
  nft: /^(?:add|delete|flush|insert)$/,
  passwd: /^/,
  pkill: /./,
  poweroff: /^/,
  reboot: /^/,
  rm: /./,
  rmdir: /./,
  shred: /./,
  shutdown: /^/,
  tee: /./,
  touch: /./,
  truncate: /./,
  umount: /./,
  useradd: /./,
  userdel: /./,
  usermod: /./,
  visudo: /^/,
  crontab: /^-[er]$/,
  systemctl:
    /^(?:start|stop|restart|reload|reload-or-restart|try-restart|enable|disable|mask|unmask|kill|isolate|edit|daemon-reload|reboot|poweroff|halt|set-.*|revert|reset-failed)$/,
  service: /^(?:start|stop|restart|reload|force-reload)$/,
  'rc-service': /^(?:start|stop|restart|reload)$/,
  apt: /^(?:install|remove|purge|upgrade|full-upgrade|dist-upgrade|autoremove|update)$/,
  'apt-get': /^(?:install|remove|purge|upgrade|dist-upgrade|autoremove|update|clean)$/,
  dnf: /^(?:install|remove|upgrade|update|autoremove|clean|downgrade)$/,
  yum: /^(?:install|remove|upgrade|update|erase|clean)$/,
  apk: /^(?:add|del|upgrade|update|fix)$/,
  docker:
    /^(?:run|exec|rm|rmi|start|stop|restart|kill|pause|unpause|prune|build|push|pull|cp|commit|update|rename|up|down|create|load|import|attach)$/,
  podman: /^(?:run|exec|rm|rmi|start|stop|restart|kill|pause|unpause|prune|build|push|pull|cp|commit|create)$/,
  kubectl: /^(?:apply|delete|create|edit|exec|patch|replace|scale|drain|cordon|run|cp|rollout|label|annotate)$/,
  nginx: /^-s$/,
  git: /^(?:pull|push|checkout|reset|clean|commit|merge|rebase|clone)$/,
  sed: /^-[a-zA-Z]*i/,
  journalctl: /^--(?:vacuum|rotate|flush)/,
  find: /^-(?:delete|exec|execdir|ok|okdir|fprint.*)$/,
  ip: /^(?:add|del|delete|flush|set|replace|change)$/,
}

/** Rules about a risk that is called smaller than it is. */
export function riskComplaints(template: Template, { program, words }: SimpleCommand): readonly Complaint[] {
  if (template.risk !== 'low') return []
  const pattern = Object.hasOwn(changes, program) ? changes[program] : undefined
  const texts = words.map(wordText)
  const redirect = texts.findIndex(
    (text, index) => />/.test(text) && !/^(?:\/dev\/null|&?[12])$/.test(texts[index + 1] ?? ''),
  )
  const isRedirected = template.form.kind === 'command' && redirect >= 0
  const changing = pattern && (pattern.test('') ? program : texts.find((text) => pattern.test(text)))
  if (changing === undefined && !isRedirected) return []
  const what = changing === undefined ? `writes to ${texts[redirect + 1] ?? 'a file'}` : `${program} changes something`
  return [
    {
      rule: 'risk-understated',
      message: `${what}, and the template is of low risk: developers run it without an approval, read-only mode too.`,
      cure: 'Set risk_level to medium, or to high where a mistake hurts.',
    },
  ]
}
