/** A promise of the README, word for word, and the tests that hold it: `file › title`. */
export interface Requirement {
  readonly promise: string
  readonly heldBy: readonly string[]
}

const host = 'test/e2e/real-host.real.test.ts'

export const requirements: readonly Requirement[] = [
  {
    promise: 'A value that does not match its pattern never reaches a host.',
    heldBy: ['packages/pipeline/src/road.test.ts › a call that is refused touches no host and is recorded'],
  },
  {
    promise: 'A value that does match arrives as one word, unchanged, in every login shell that is served.',
    heldBy: [
      'packages/policy/test/hostile-params.real.test.ts › every hostile value arrives as one word, unchanged, and nothing else runs',
      'packages/policy/test/three-hundred.real.test.ts › there are 300 templates, everything shipped among them, and 50 values',
    ],
  },
  {
    promise: 'An unknown host and a forbidden one give the same answer.',
    heldBy: [
      'packages/policy/src/catalog.test.ts › unknown and forbidden give the same answer, also in what it hints at',
    ],
  },
  {
    promise: 'A denied call is recorded, and so is a failed one.',
    heldBy: [`${host} › a denied call and a failed one leave an entry each`],
  },
  {
    promise: 'When the journal cannot be written, not even a connection is opened.',
    heldBy: [
      `${host} › without a journal the host is not touched`,
      'packages/runtime/src/create-runtime.test.ts › when the journal cannot be written no connection is opened, and it heals',
    ],
  },
  {
    promise: 'An approval covers one exact operation, once.',
    heldBy: [
      'packages/approvals/src/spending.test.ts › lets exactly its call through, once',
      'packages/store-file/src/approvals/file-approval-store.real.test.ts › win exactly 1,000 times',
    ],
  },
  {
    promise: 'No tool that a model has can approve its own request.',
    heldBy: ['test/e2e/self-approval.real.test.ts › succeeds in none of them'],
  },
  {
    promise: 'An unknown or changed host key is refused, and only a person can trust a new one.',
    heldBy: [
      `${host} › an unknown host key is refused with its fingerprint and what a person does`,
      `${host} › a changed host key is refused`,
      'apps/cli/test/hosts.test.ts › a changed key is not something to confirm away',
    ],
  },
  {
    promise: 'A secret that the redactor knows leaves neither in a reply nor into the journal.',
    heldBy: [`${host} › a secret on the host never gets to the model nor into the journal`],
  },
  {
    promise: 'A command that was ended by a signal or a timeout never looks as if it had succeeded.',
    heldBy: [
      `${host} › a signal is not an exit code`,
      `${host} › a timeout keeps what came, and the process is dead on the host`,
    ],
  },
  {
    promise: 'After a timeout the process on the host is ended and looked for: dead, alive or unknown.',
    heldBy: ['test/support/ends-everything.ts › one that forked away, or says that it does not know'],
  },
  {
    promise: 'A failed transfer leaves its destination as it was.',
    heldBy: [
      'packages/runtime/test/files.real.test.ts › on either side leaves the destination as it was, and nothing else',
    ],
  },
  {
    promise: 'A cut, changed or reordered journal is found, with its first bad entry.',
    heldBy: ['packages/audit/src/verify-chain.test.ts › A6 betrays every flipped bit by the first bad entry'],
  },
  {
    promise: 'A wrong configuration starts nothing, and says file, place and cure.',
    heldBy: ['test/e2e/stdio-server.test.ts › a wrong configuration is exit 2, one line, and nothing started'],
  },
]
