"""The form workbook (回答票): what writer and reader agree on, how it is written, how answers are found in it again."""
