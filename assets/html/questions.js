(() => {
  "use strict";
  const form = document.querySelector("form");
  const said = document.getElementById("said");
  const blocks = [...form.querySelectorAll("fieldset[data-key]")];
  let isSaved = true;
  document.getElementById("save").hidden = false;
  const value = (block, kind) => {
    const field = block.querySelector(`input[data-field="${kind}"]`);
    return field ? field.value.trim() : "";
  };
  const picked = (block) => {
    const field = block.querySelector("input[type=radio]:checked");
    return field ? field.value : "";
  };
  const count = () => blocks.filter((block) => picked(block)).length;
  form.addEventListener("input", () => {
    isSaved = false;
    said.textContent = `${count()} of ${blocks.length} answered`;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const by = document.getElementById("by").value.trim();
    const answers = blocks.map((block) => ({
      key: block.dataset.key,
      answer: picked(block),
      print: value(block, "print"),
      comment: value(block, "comment"),
    }));
    const kept = answers.filter((one) => one.answer || one.print || one.comment);
    const text = JSON.stringify({ undersigned: "answers", by, answers: kept }, null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const name = by.normalize("NFD").replace(/[^a-zA-Z0-9]+/g, "-").replace(/^-+|-+$/g, "");
    link.download = `answers-${name || "mine"}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    isSaved = true;
    said.textContent = `Saved ${link.download} with ${count()} of ${blocks.length} answers. Send that file back.`;
  });
  addEventListener("beforeunload", (event) => {
    if (!isSaved) event.preventDefault();
  });
})();
