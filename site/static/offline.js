/** Has the site kept for visits without a network. Whatever goes wrong with that, the page goes on as without it. */

/**
 * @param {string | undefined} address of the service worker; a site that has none keeps nothing
 * @param {HTMLElement} badge is shown once everything is kept
 */
export async function keepOffline(address, badge) {
  try {
    if (!address || !location.protocol.startsWith("http") || !navigator.serviceWorker) return
    await register(new URL(address, document.baseURI))
    const { active } = await navigator.serviceWorker.ready
    badge.hidden = !(active && (await hasAll(active)))
  } catch (error) {
    console.info(`fallline: not kept for offline, since ${error}`)
  }
}

/** An address that does not answer today may have answered before. */
async function register(address) {
  const options = /** @type {RegistrationOptions} */ ({ updateViaCache: "none" })
  await navigator.serviceWorker.register(address, options).catch((error) => console.info(`fallline: ${error}`))
}

function hasAll(worker) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }) => resolve(data)
    worker.postMessage("is everything kept?", [port2])
  })
}
