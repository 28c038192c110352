// Starts the app. A file of its own, because the site's policy allows no inline script.
// The links that preload the app's parts say where they are: their names change with their content.
const part = (selector) => document.head.querySelector(selector).href;

try {
  const { default: init } = await import(part('link[rel="modulepreload"]'));
  await init({ module_or_path: part('link[rel="preload"][as="fetch"]') });
} catch (cause) {
  console.error(cause);
  document.getElementById("skeleton").hidden = true;
  document.getElementById("not-loaded").hidden = false;
}
