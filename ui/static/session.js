// What every answer of the server is looked at for: a login that has ended sends its reader to the login page, and
// back to where they were; and Gradio asks for the application's id only when it has lost the server.
(() => {
  const fetched = window.fetch.bind(window);
  let leaving = false;
  window.fetch = async (...sent) => {
    if (String(sent[0].url ?? sent[0]).endsWith("/app_id")) window.hemeroteca?.serverLost();
    const answer = await fetched(...sent);
    if (answer.status === 401 && !leaving && new URL(answer.url).origin === location.origin) {
      leaving = true;
      location.reload(); // the page itself leads to the login
    }
    return answer;
  };
})();
