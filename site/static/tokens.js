/** The event of the document that says: the values of `tokens.css` are others now. */
export const TOKENS = "tokens"
