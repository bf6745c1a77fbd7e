/**
 * What a browser runs: counts down, looks again when the server says that something changed, and says so aloud. Everything
 * works without it. It builds no markup of its own; what it puts in was made and escaped by the server.
 */
export const script = `'use strict';
(() => {
  document.documentElement.classList.add('scripted');
  const announcer = document.getElementById('announcer');
  let source;
  let ending;

  function remaining(ms) {
    const seconds = Math.max(0, Math.ceil(ms / 1000));
    if (seconds === 0) return ', which is now';
    return seconds < 90 ? ', in ' + seconds + ' s' : ', in ' + Math.round(seconds / 60) + ' min';
  }

  function countDown() {
    for (const element of document.querySelectorAll('[data-ends]')) {
      element.textContent = remaining(Date.parse(element.dataset.ends) - Date.now());
    }
  }

  // Once the nearest end is over, the server knows better how it stands.
  function waitForEnd() {
    clearTimeout(ending);
    const ends = [...document.querySelectorAll('[data-ends]')].map((element) => Date.parse(element.dataset.ends));
    const next = Math.min(...ends.filter((end) => end > Date.now()));
    if (Number.isFinite(next)) ending = setTimeout(look, Math.min(next - Date.now() + 500, 2147483647));
  }

  async function look() {
    const live = document.querySelector('[data-live]');
    if (!live) return;
    let response;
    try {
      response = await fetch(live.dataset.at, { credentials: 'same-origin' });
    } catch {
      return;
    }
    if (response.redirected) return location.reload();
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const fresh = page.querySelector('[data-live]');
    // What somebody is typing is left alone while nothing changed.
    if (fresh && fresh.dataset.state !== live.dataset.state) {
      const focused = live.contains(document.activeElement) ? document.activeElement.id : '';
      live.replaceWith(document.adoptNode(fresh));
      document.title = page.title;
      announcer.textContent = fresh.dataset.says;
      const again = focused && document.getElementById(focused);
      if (again) again.focus();
      countDown();
    }
    waitForEnd();
  }

  function connect() {
    if (source || document.hidden || !document.querySelector('[data-live]')) return;
    source = new EventSource('/approvals/events');
    source.addEventListener('ready', look);
    source.addEventListener('news', look);
    source.addEventListener('ended', () => location.reload());
  }

  function disconnect() {
    if (source) source.close();
    source = undefined;
  }

  document.addEventListener('visibilitychange', () => (document.hidden ? disconnect() : connect()));
  addEventListener('pagehide', disconnect);
  addEventListener('pageshow', connect);
  setInterval(countDown, 1000);
  countDown();
  waitForEnd();
  connect();
})();
`
