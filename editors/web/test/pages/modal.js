document.querySelector("#open").onclick = () => document.querySelector("dialog").showModal();
