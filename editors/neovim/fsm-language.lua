-- fsm-language in Neovim 0.7 or newer: wording is underlined as you type, and better words are one keystroke away.
-- Save this file as ~/.config/nvim/plugin/fsm-language.lua. It needs `fsm-language-server` on your PATH.

local language_ids = { text = "plaintext", gitcommit = "git-commit" }

local config = {
  name = "fsm-language",
  cmd = { "fsm-language-server" },
  filetypes = { "text", "markdown", "html", "gitcommit" },
  root_markers = { ".fsm-language.yaml", ".fsm-language.yml" },
  get_language_id = function(_, filetype)
    return language_ids[filetype] or filetype
  end,
}

if vim.fn.has("nvim-0.11") == 1 then
  vim.lsp.config(config.name, config)
  vim.lsp.enable(config.name)
  return
end

-- Older Neovim starts the server by hand, and has no keys of its own for these two.
config.on_attach = function(_, buffer)
  vim.keymap.set("n", "gra", vim.lsp.buf.code_action, { buffer = buffer, desc = "Better words" })
  vim.keymap.set("n", "K", vim.lsp.buf.hover, { buffer = buffer, desc = "Why this wording?" })
end

local client
vim.api.nvim_create_autocmd("FileType", {
  pattern = config.filetypes,
  callback = function(event)
    client = client or vim.lsp.start_client(config)
    vim.lsp.buf_attach_client(event.buf, client)
  end,
})
