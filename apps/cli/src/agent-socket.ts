/** `~/.ssh/agent/s.HASH.agent.RANDOM`: where ssh-agent (and sshd, for a forwarded one) listens since OpenSSH 10.1. */
const ofOpenssh = /\/\.ssh\/agent\/s\.[^/]+$/

/** Whether ssh-agent made up the name of this socket: the agent ends with the terminal or the login that started it. */
export function isOfTerminal(socket: string): boolean {
  return socket.startsWith('/tmp/ssh-') || ofOpenssh.test(socket)
}

/** Whether a socket may be written into a file that stays. Under a folder of the session it is another one after the next login. */
export function isLasting(socket: string | undefined): socket is string {
  return (
    socket !== undefined && socket !== '' && !isOfTerminal(socket) && !/^\/(?:tmp|var\/folders|private)\//.test(socket)
  )
}
