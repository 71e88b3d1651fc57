// Everything here adds to pages that work without it.
(function () {
  "use strict";
  // A page older than a day says so.
  var aged = document.querySelector("[data-as-of]");
  if (aged && Date.now() - Date.parse(aged.dataset.asOf) > 2 * 86400000) aged.hidden = false;
})();
