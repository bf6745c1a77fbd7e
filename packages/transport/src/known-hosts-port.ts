/** One known_hosts file as text. */
export interface KnownHostsFile {
  /** As a person would name it, such as `~/.ssh/known_hosts`. */
  readonly path: string
  readonly text: string
}

/** Where the keys of hosts are known from. Read for every connection, so that a key trusted by hand works at once. */
export interface KnownHosts {
  /**
   * Every file that exists, most specific first. A file that does not exist is left out; none at all is `[]`.
   *
   * @throws TRANSPORT_KNOWN_HOSTS_UNREADABLE when one exists and cannot be read: no host can be trusted then
   */
  read(): Promise<readonly KnownHostsFile[]>
}
