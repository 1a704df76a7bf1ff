// The scope of a supervisor is asked of supervisors only.
for (const part of document.querySelectorAll("[data-needs-role]")) {
  const box = document.querySelector(`input[name="roles"][value="${part.dataset.needsRole}"]`);
  if (!box) continue;
  const show = () => { part.hidden = !box.checked; };
  box.addEventListener("change", show);
  show();
}
