// Imported before Pyodide, which wants a module worker and knows one by this; a page without a server has a classic one.
globalThis.importScripts = () => {
  throw new TypeError("this worker loads no scripts")
}
