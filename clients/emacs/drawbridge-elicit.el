;;; drawbridge-elicit.el --- Questions of MCP servers  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:

;; A server may ask for values, by a form, or for a visit to an address.
;; Every question says which server asks.  Quitting is `cancel'.

;;; Code:

(require 'browse-url)
(require 'drawbridge-client)

(defun drawbridge-elicit-browse (url)
  "Open URL in the browser, if it is an address of the web."
  (if (string-match-p "\\`https?://" url)
      (browse-url url)
    (user-error "Refused to open an address that is neither http nor https")))

(defun drawbridge-elicit--choices (schema)
  "The choices in SCHEMA, an alist of titles and values."
  (let ((titles (append (plist-get schema :enumNames) nil)))
    (or (seq-map-indexed (lambda (value i) (cons (or (nth i titles) value) value))
                         (plist-get schema :enum))
        (seq-map (lambda (one)
                   (cons (or (plist-get one :title) (plist-get one :const)) (plist-get one :const)))
                 (or (plist-get schema :oneOf) (plist-get schema :anyOf)))
        (and (equal (plist-get schema :type) "boolean") '(("Yes" . t) ("No" . :json-false))))))

(defun drawbridge-elicit--convert (schema text)
  "The value of TEXT by SCHEMA, or nil when it does not fit."
  (cl-flet ((fits (size low high)
              (<= (or (plist-get schema low) size) size (or (plist-get schema high) size))))
    (pcase (plist-get schema :type)
      ("array" (vconcat (split-string text "," t "[[:space:]]+")))
      ((and (or "number" "integer") type)
       (let ((number (and (string-match-p "\\`-?[0-9]+\\(?:\\.[0-9]+\\)?\\'" text) (string-to-number text))))
         (and number (or (equal type "number") (integerp number)) (fits number :minimum :maximum) number)))
      (_ (and (fits (length text) :minLength :maxLength) text)))))

(defun drawbridge-elicit--read (prompt schema required)
  "Read a value by SCHEMA with PROMPT; nil for none, unless REQUIRED."
  (let* ((hint (plist-get schema :description))
         (prompt (format "%s%s%s: " prompt (if hint (concat ", " hint) "") (if required "" " (optional)")))
         (choices (drawbridge-elicit--choices schema))
         (default (plist-get schema :default))
         value)
    (while (null value)
      (let ((text (if choices
                      (completing-read prompt choices nil t)
                    (read-string prompt (and default (format "%s" default))))))
        (setq value (cond ((and (string-empty-p text) (not required)) 'none)
                          (choices (cdr (assoc text choices)))
                          (t (drawbridge-elicit--convert schema text))))
        (unless value (message "That does not fit") (sit-for 1))))
    (and (not (eq value 'none)) value)))

(defun drawbridge-elicit--form (server schema)
  "Read the values of SCHEMA for SERVER, a plist in the schema's order."
  (cl-loop for (keyword property) on (plist-get schema :properties) by #'cddr
           for name = (substring (symbol-name keyword) 1)
           for value = (drawbridge-elicit--read
                        (format "%s: %s" server (or (plist-get property :title) name))
                        property (seq-contains-p (plist-get schema :required) name))
           when value append (list keyword value)))

(cl-defmethod drawbridge-handle-request ((_ (eql mcp/elicit)) params)
  "Ask the person what PARAMS ask for."
  (drawbridge-let (ElicitParams server (request message url requestedSchema)) params
    (condition-case nil
        (pcase (completing-read (format "%s asks: %s%s " server message (if url (format " <%s>" url) ""))
                                (if url '("Open" "Decline") '("Answer" "Decline")) nil t)
          ("Open" (drawbridge-elicit-browse url)
           (drawbridge-make ElicitResult :action "accept"))
          ("Answer"
           (drawbridge-make ElicitResult
             :action "accept"
             :content (or (drawbridge-elicit--form server requestedSchema) drawbridge-types-empty)))
          ("Decline" (drawbridge-make ElicitResult :action "decline"))
          (_ (drawbridge-make ElicitResult :action "cancel")))
      (quit (drawbridge-make ElicitResult :action "cancel")))))

(provide 'drawbridge-elicit)
;;; drawbridge-elicit.el ends here
