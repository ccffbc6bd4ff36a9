// The clock of a page that proves something: it goes on by itself, and asks anew every minute.
const clock = document.getElementById("clock");
const shown = Date.parse(clock.dateTime);
const opened = performance.now();
const words = new Intl.DateTimeFormat(document.documentElement.lang, {
  timeZone: "Asia/Seoul", hour: "numeric", minute: "2-digit", second: "2-digit",
});
const tick = () => { clock.textContent = words.format(shown + performance.now() - opened); };
tick();
setInterval(tick, 1000);
setTimeout(() => location.reload(), 60000);
