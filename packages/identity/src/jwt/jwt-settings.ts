/** What is asked of a JWT before it is believed: the `jwt` section of `http.json`, parsed. */
export interface JwtSettings {
  /** The one issuer, exactly as its tokens write `iss`. */
  readonly issuer: string
  /** This server, as its tokens have to write `aud`: a token made for another service is worth nothing here. */
  readonly audience: string
  /** Where the issuer publishes its keys. */
  readonly jwksUrl: string
  /** The claim that holds the user_id. */
  readonly userClaim: string
  /** The claim that holds the roles: a list, or words parted by spaces. Names that are no roles of ours are passed over. */
  readonly rolesClaim: string
  /** Scopes that a token must carry, all of them. */
  readonly requiredScopes: readonly string[]
}
