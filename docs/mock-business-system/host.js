// What the business system itself does; it goes on whether tips come or not.
const tips = document.querySelector("fund-tips");

// 第三步：换环节时改 step；要回传退件的，记下凭证
for (const button of document.querySelectorAll("[data-step]")) {
  button.addEventListener("click", () => tips.setAttribute("step", button.dataset.step));
}
tips.addEventListener("tips", (event) => {
  document.getElementById("ticket").textContent = event.detail.ticket;
});

let saved = 0;
document.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  saved += 1;
  document.getElementById("saved").textContent = `已保存 ${saved} 次`;
});
