// Starts the app. A file of its own, because the site's policy allows no inline script.
// Links say where the app's parts are: their names change with their content.
// Who is signed in is asked while they arrive: the app takes these answers for its first questions, and tells what failed.
globalThis.asked = {};
for (const path of ["/auth/session", "/api/v1/me"]) {
  globalThis.asked[path] = fetch(path, {
    headers: { accept: "application/json" },
    cache: "no-store",
    signal: AbortSignal.timeout(15_000),
  });
  globalThis.asked[path].catch(() => {});
}

const part = (selector) => document.head.querySelector(selector).href;

// What is fetched when an entry is opened. A dynamic import is syntax, so that the app needs each as a function.
globalThis.loadTextEngine = async () => {
  const engine = await import(part("#text-engine"));
  await engine.default();
  return engine;
};
globalThis.loadEditor = () => import(part("#editor"));

try {
  const { default: init } = await import(part('link[rel="modulepreload"]'));
  await init({ module_or_path: part('link[rel="preload"][as="fetch"]') });
} catch (cause) {
  console.error(cause);
  document.getElementById("skeleton").hidden = true;
  document.getElementById("not-loaded").hidden = false;
}
