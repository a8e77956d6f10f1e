/**
 * Keeps the whole site for visits without a network; docs/decisions/0003-offline.md says why it is done like this.
 *
 * The build puts `PRECACHE` before this: every file that a page can ask for, by its path, and its SRI hashes.
 */
export {}

const worker = /** @type {any} */ (globalThis)
const { version, files } = PRECACHE
const scope = new URL(worker.registration.scope)
const PREFIX = `fallline:${scope.pathname}:`
const CACHE = PREFIX + version
const ASSETS = new URL("assets/", scope).href
const wanted = new Map(Object.entries(files).map(([path, integrity]) => [new URL(path, scope).href, integrity]))
/** From a network that says nothing for so long, a page is taken that is here. */
const PATIENCE = 4000

// There is no skipWaiting: the browser lets a new version wait until no page is controlled by the old one.
worker.addEventListener("install", (event) => event.waitUntil(keepAll()))
worker.addEventListener("activate", (event) => event.waitUntil(takeOver()))
worker.addEventListener("message", (event) => event.waitUntil(tellWhetherAllIsKept(event.ports[0])))
worker.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request
  const page = pageAt(url)
  if (method !== "GET") return
  if (mode === "navigate" && wanted.has(page)) event.respondWith(openPage(url, page))
  else if (url.startsWith(ASSETS)) event.respondWith(openAsset(event.request))
})

/** Keep what is not kept yet. Each file is kept as soon as it is there, so that an installation can go on later. */
async function keepAll() {
  const cache = await caches.open(CACHE)
  for (const [url, integrity] of wanted) {
    if (await cache.match(url)) continue
    const before = url.startsWith(ASSETS) ? await keptAsset(url) : undefined
    await cache.put(url, before ?? (await fetchWhole(url, integrity)))
  }
}

/** Fetch a file whose content is what the build says, or fail. */
async function fetchWhole(url, integrity) {
  // What the page has fetched lies in the browser's own cache; what lies there damaged or outdated is fetched again.
  const response = await fetch(url, { integrity, cache: "force-cache" }).catch(() => fetch(url, { integrity, cache: "reload" }))
  // Made anew: a response that was redirected may not answer a navigation, and one that was unpacked still says that it is packed.
  const type = response.headers.get("Content-Type") ?? "application/octet-stream"
  return new Response(await response.blob(), { headers: { "Content-Type": type } })
}

async function tellWhetherAllIsKept(port) {
  port.postMessage(await keepAll().then(() => true, () => false))
  await forgetOldVersions()
}

async function takeOver() {
  await forgetOldVersions()
  // The page of a first visit becomes one that a later version waits for.
  if ((await ownCaches()).length === 1) await worker.clients.claim()
}

/** Let go of what older versions kept, once no page can need it. */
async function forgetOldVersions() {
  const ours = (await worker.clients.matchAll({ type: "window" })).map(({ id }) => id)
  const all = await worker.clients.matchAll({ type: "window", includeUncontrolled: true })
  // A page that came past every service worker, as by a forced reload, may be of any version.
  if (all.some(({ id, url }) => url.startsWith(scope.href) && !ours.includes(id))) return
  // Caches are in the order in which they were made: what comes after this one's is of a version to come.
  const names = await ownCaches()
  await Promise.all(names.slice(0, Math.max(0, names.indexOf(CACHE))).map((name) => caches.delete(name)))
}

/** This site's caches alone: another site's are named otherwise, another scope's have another path before the version. */
async function ownCaches() {
  const names = await caches.keys()
  return names.filter((name) => name.slice(0, name.lastIndexOf(":") + 1) === PREFIX)
}

/** A page comes from the network, so that it is the newest; without one from here, where all of its files are too. */
async function openPage(url, page) {
  // Redirects are the browser's to follow.
  const asked = fetch(url, { cache: "no-cache", redirect: "manual" })
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE))
  const answer = await Promise.race([asked.catch(() => undefined), patience])
  if (answer && answer.status < 500) return answer
  const kept = await caches.match(page, { cacheName: CACHE }).catch(() => undefined)
  return kept ?? asked
}

async function openAsset(request) {
  const kept = await keptAsset(request.url).catch(() => undefined)
  return kept ?? fetch(request)
}

/** Of whichever version it is kept: an asset's name carries its hash. */
async function keptAsset(url) {
  for (const cacheName of await ownCaches()) {
    const kept = await caches.match(url, { cacheName })
    if (kept) return kept
  }
}

function pageAt(url) {
  const { origin, pathname } = new URL(url)
  return origin + (pathname.endsWith("/") ? `${pathname}index.html` : pathname)
}
