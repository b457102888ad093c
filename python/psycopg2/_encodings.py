"""Python's names of PostgreSQL's client encodings."""


def _encodings():
    names = {
        "UTF8": "utf_8",
        "UNICODE": "utf_8",
        "SQL_ASCII": "ascii",
        "SQLASCII": "ascii",
        "BIG5": "big5",
        "EUC_CN": "gb2312",
        "EUC_JP": "euc_jp",
        "EUC_KR": "euc_kr",
        "GB18030": "gb18030",
        "GBK": "gbk",
        "JOHAB": "johab",
        "KOI8R": "koi8_r",
        "KOI8U": "koi8_u",
        "SJIS": "cp932",
        "UHC": "cp949",
        "WIN866": "cp866",
        "WIN874": "cp874",
    }
    # LATINn is ISO 8859-m (PostgreSQL's table of character sets).
    for latin, part in enumerate((1, 2, 3, 4, 9, 10, 13, 14, 15, 16), 1):
        names["LATIN%d" % latin] = "iso8859_%d" % part
    for part in (5, 6, 7, 8):
        names["ISO_8859_%d" % part] = names["ISO8859%d" % part] = "iso8859_%d" % part
    for page in range(1250, 1259):
        names["WIN%d" % page] = "cp%d" % page
    return names


encodings = _encodings()
