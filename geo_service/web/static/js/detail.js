// A listing's page with scripts: share, print, and back to the very list one came from.

for (const button of document.querySelectorAll("[data-needs-script]")) button.hidden = false;

document.addEventListener("click", async (event) => {
  if (event.target.closest("#print")) print();
  const share = event.target.closest("#share");
  if (share) {
    const page = { title: document.title, url: location.href };
    try {
      if (navigator.share) await navigator.share(page);
      else {
        await navigator.clipboard.writeText(page.url);
        document.getElementById("shared").textContent = share.dataset.copied;
      }
    } catch {
      // The person closed the sheet, or the browser forbids it: nothing is lost.
    }
  }
  const back = event.target.closest("#back");
  if (!back || !document.referrer || history.length < 2) return;
  const [from, list] = [new URL(document.referrer), new URL(back.href)];
  if (from.origin === list.origin && from.pathname === list.pathname) {
    event.preventDefault();
    history.back();
  }
});
