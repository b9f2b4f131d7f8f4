;;; fsm-language.el --- Kind, exact suggestions for case notes -*- lexical-binding: t -*-

;; Needs Emacs 28 or newer, Eglot (built in from Emacs 29 on) and `fsm-language-server' on your PATH.
;; Save this file in ~/.emacs.d/ and put (load "~/.emacs.d/fsm-language") into your init file.

;;; Code:

(require 'eglot)

(defconst fsm-language-modes
  '((text-mode . "plaintext") (markdown-mode . "markdown") (gfm-mode . "markdown"))
  "The modes in which notes are written, and what the server calls them.")

(defun fsm-language-start ()
  "Let the server read this buffer if it is in one of `fsm-language-modes'.
The server is set for this buffer only: other modes keep theirs."
  (when-let ((language (alist-get major-mode fsm-language-modes)))
    (setq-local eglot-server-programs
                `(((,major-mode :language-id ,language) "fsm-language-server")))
    (eglot-ensure)))

(add-hook 'text-mode-hook #'fsm-language-start)

(define-key eglot-mode-map (kbd "C-c .") #'eglot-code-actions)
(define-key eglot-mode-map (kbd "C-c n") #'flymake-goto-next-error)

(provide 'fsm-language)
;;; fsm-language.el ends here
