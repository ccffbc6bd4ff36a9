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
  if (back && document.referrer && new URL(document.referrer).pathname === new URL(back.href).pathname && history.length > 1) {
    event.preventDefault();
    history.back();
  }
});
