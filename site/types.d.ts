// What TypeScript cannot know by itself; `npm run check` reads it, nothing else does.

/** A style sheet is imported as its text. */
declare module "*.css" {
  const text: string
  export default text
}

/** Pyodide's files lie in the build's cache. */
declare module "pyodide/*"

/** The build puts it before the service worker. */
declare const PRECACHE: { version: string; files: Record<string, string> }

/** A class of BokehJS whose models also have these properties, which `define` names once more. */
type ModelWith<Base, Values> = Base &
  (abstract new (...args: any[]) => Values & { readonly properties: PropertiesOf<Values> }) & {
    define(properties: (kinds: typeof import("@bokehjs/core/kinds")) => Record<keyof Values, unknown>): void
  }
type PropertiesOf<Values> = { [Name in keyof Values]: import("@bokehjs/core/properties").Property<Values[Name]> }

/** A class of BokehJS whose views are of this model. */
type ViewWith<Base, Model> = Base & (abstract new (...args: any[]) => { model: Model })
