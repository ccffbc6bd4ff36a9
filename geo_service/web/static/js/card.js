// The code on a card is good for minutes: whoever looks at it, now or again later, sees a fresh one.
const good = Number(document.getElementById("card").dataset.renewS) * 1000;
const opened = Date.now();
const renew = () => {
  if (document.visibilityState === "visible" && Date.now() - opened >= good) location.reload();
};
document.addEventListener("visibilitychange", renew);
addEventListener("pageshow", renew);
setInterval(renew, 15000);
