"""The bytes of 150 measured flowers.

Iris, R. A. Fisher, "The use of multiple measurements in taxonomic problems", Annals of Eugenics 7 (1936), UCI Machine
Learning Repository, https://doi.org/10.24432/C56C76, licence CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/),
with the two rows right that the repository's file has wrong. Four lengths in tenths of a centimetre and the species, a
byte each, row by row.

zlib, then base64; written by tests/reference/make_dataset_bytes.py.
"""

PACKED = """
eNolkVuTmkAQhadbkwdXLiLKIjAguN4WURjlJojKmmxSsfL//02a7EvXmWbOd84UIpCRxZzG3pOQRa6CLFnQMV2N+izy5R5LfNqFTnfPVYClb3
Q8+CoNLgN75y/AyvUQWREqfbJJfSYCshXLUY+JpdJjqT9CJt7oa7QYkJqPvhFgTEGcKImv9tkxIOjR/1+jI7s0Up8cxw1FZtuvcLrsUVAWUNN4
QeEhJyW6fkkg9djOoBF270gC9TuFj/tdya4G8SKPKKeufTIn9cPby3D1dgo83FiBzFhLcLMjBQp7J0Ez36sQv84HcHciCY7WSoZEDwZw5lsFqu
l6ALVDgNxZSNC6ISlOqNLaDOAyJZWbqxc4ewcNapvIjUkZtb0fwtV5l+DOyfFhH2RoeTKCyiFHMSN89rp8ofE2INRqCJUlVEg7cuXvVAraK9AY
oURpGwkyk8jZLBxCzSMZytl6CIlBnXNrK0HBt0MoHFKXLlKY9KcKe9O9rTKxtMQYf/LzBBsn1/DGyyn+4fcJxuZuhL+cRsPWLDX8XNQm3jyh49
U6jfGDZxMszETH0havePVOBnkzDZ/LdorP2cPAapoo+PAKA3M71vFptzo2Vky8eTHBT6/S8GIfNKw57a52Tjteqvjbrsf4d3nVu90UG1soWM9y
GZ+8NrDxc0pzKaji5H246QRbl3YPVxhfj/nwzkaXYWLLj+QwkzFVO+p48VMDz1xo+A/GCVHK
"""
