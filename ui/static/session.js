// A login that has ended sends its reader to the login page, and back to where they were.
(() => {
  const fetched = window.fetch.bind(window);
  let leaving = false;
  window.fetch = async (...sent) => {
    const answer = await fetched(...sent);
    if (answer.status === 401 && !leaving && new URL(answer.url).origin === location.origin) {
      leaving = true;
      location.reload(); // the page itself leads to the login
    }
    return answer;
  };
})();
