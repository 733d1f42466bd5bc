"""Folders for offices without internet: everything that policyhours needs, for one kind of machine.

`make bundle` runs ``python -m bundle``. A folder is laid out in this order: `target` says for which machines,
`wheels` gets the packages that they need, `folder` lays them out with the scripts of ``files/``, `packed`
makes the .zip.
"""
