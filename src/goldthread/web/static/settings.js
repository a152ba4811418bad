// What a person chose for this browser, put in force before anything is drawn.
(() => {
  const root = document.documentElement;
  const put = () => {
    for (const name of ["colours", "veil", "plain-keys"]) {
      const value = localStorage.getItem("goldthread." + name) || "";
      if (value) root.setAttribute("data-" + name, value);
      else root.removeAttribute("data-" + name);
    }
  };
  put();
  root.classList.add("has-script");
  window.goldthreadSettings = {
    get: (name) => localStorage.getItem("goldthread." + name) || "",
    set: (name, value) => {
      if (value) localStorage.setItem("goldthread." + name, value);
      else localStorage.removeItem("goldthread." + name);
      put();
    },
  };
})();
