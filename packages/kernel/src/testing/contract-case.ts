/** One promise of a port, as data: any test runner can run it against any implementation. */
export interface ContractCase<Fixture> {
  readonly name: string
  readonly run: (makeFixture: () => Promise<Fixture> | Fixture) => Promise<void>
}
