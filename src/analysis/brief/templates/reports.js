"use strict";
(() => {
  const root = document.documentElement;

  const speak = (lang) => {
    root.lang = lang === "zh" ? "zh-CN" : "en";
    document.title = lang === "zh" ? "报告目录" : "Reports";
    for (const choice of document.querySelectorAll("option[data-zh]")) choice.textContent = choice.dataset[lang];
  };

  speak(/^zh/i.test(navigator.language) || !navigator.language ? "zh" : "en");
  document.getElementById("language").addEventListener("click", () => speak(root.lang === "en" ? "zh" : "en"));

  document.getElementById("failures")?.addEventListener("click", () => {
    const status = document.querySelector('[data-filter="status"]');
    status.value = "failed";
    status.dispatchEvent(new Event("change"));
  });
})();
