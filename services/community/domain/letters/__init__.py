"""The words of messages, in French and in English.

Log-ins are in ``access``, bills in ``billing`` and ``billing_of_several``, polls, news and digests
in ``notifications``, entries, papers and mandates in ``memberships``, what organisers get in
``desk``.
"""
