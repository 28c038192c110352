// Starts the app. A file of its own, because the site's policy allows no inline script.
// The links that preload the app's parts say where they are: their names change with their content.
// Who is signed in is asked while they arrive: the app takes this answer for its first question, and tells what failed.
globalThis.asked = {
  "/auth/session": fetch("/auth/session", {
    headers: { accept: "application/json" },
    cache: "no-store",
    signal: AbortSignal.timeout(15_000),
  }),
};
globalThis.asked["/auth/session"].catch(() => {});

const part = (selector) => document.head.querySelector(selector).href;

try {
  const { default: init } = await import(part('link[rel="modulepreload"]'));
  await init({ module_or_path: part('link[rel="preload"][as="fetch"]') });
} catch (cause) {
  console.error(cause);
  document.getElementById("skeleton").hidden = true;
  document.getElementById("not-loaded").hidden = false;
}
