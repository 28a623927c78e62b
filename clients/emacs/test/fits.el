;;; fits.el --- Whether a value fits a type of the protocol  -*- lexical-binding: t; -*-

;;; Commentary:

;; By the shapes that are generated with the protocol.

;;; Code:

(require 'cl-lib)
(require 'seq)
(require 'drawbridge-protocol)

(defun fits--plist-p (value)
  "Whether VALUE is a JSON object, as a plist or as an empty hash table."
  (or (null value) (hash-table-p value)
      (and (consp value) (keywordp (car value)) (proper-list-p value))))

(defun fits--object-p (value members)
  "Whether VALUE is an object with MEMBERS."
  (and (fits--plist-p value)
       (cl-loop for (keyword type optional) in members
                for there = (and (consp value) (plist-member value keyword))
                always (cond ((not there) optional)
                             ((and optional (null (cadr there))))
                             (t (fits-p (cadr there) type))))))

(defun fits-p (value type)
  "Whether VALUE, as `jsonrpc' decodes JSON, is of TYPE.
A null and an object without members are both nil, so that they are
taken for each other."
  (pcase type
    (`(list ,element)
     (and (vectorp value)
          (seq-every-p (lambda (one) (fits-p one element)) value)))
    (`(map ,element)
     (and (fits--plist-p value)
          (cl-loop for (_ one) on (and (consp value) value) by #'cddr
                   always (fits-p one element))))
    ('string (stringp value))
    ('boolean (memq value '(t :json-false)))
    ('integer (and (integerp value) (<= (- (expt 2 31)) value (1- (expt 2 31)))))
    ('uinteger (and (integerp value) (<= 0 value (1- (expt 2 31)))))
    ('decimal (numberp value))
    ((or 'URI 'DocumentUri)
     (and (stringp value)
          (string-match-p "\\`[[:alpha:]][[:alnum:]+.-]*:[^[:space:]]*\\'" value)))
    ('LSPAny t)
    ('LSPObject (fits--plist-p value))
    (_
     (pcase (alist-get type drawbridge-protocol-types)
       (`(object . ,members) (fits--object-p value members))
       (`(union ,tag . ,cases)
        (and (consp value) (fits--plist-p value)
             (when-let ((found (assoc (plist-get value tag) cases)))
               (fits--object-p value (cdr found)))))
       (`(enum . ,values) (member value values))
       (`(format date-time)
        (and (stringp value)
             (string-match-p "\\`[0-9]\\{4\\}-[0-9]\\{2\\}-[0-9]\\{2\\}T[0-9:]\\{8\\}\\(?:\\.[0-9]+\\)?Z\\'"
                             value)))
       (_ (error "The protocol has no type %s" type))))))

(provide 'fits)
;;; fits.el ends here
