// Runs before the page is drawn, so that a chosen theme does not flash.
(function () {
  try {
    var theme = localStorage.getItem("remit-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch (error) { /* storage may be closed to pages from a disk */ }
})();
