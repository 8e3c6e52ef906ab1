/* Where people sign in, a session ends by itself: an answer that says so loads the page anew, and the
   server then asks who reads. */
(function () {
  "use strict";
  const send = window.fetch;
  window.fetch = async function (...request) {
    const answer = await send.apply(this, request);
    if (answer.status === 401) window.location.reload();
    return answer;
  };
})();
