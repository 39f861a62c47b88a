"""Why a whole file is not read. A single bad cell is a RowError (rows.py), never one of these."""

from __future__ import annotations

from mingjing.domain.reasons import Refusal


class ImportRefused(Refusal):
    """A file cannot be read, or can be read in more than one way."""

    code = "import-refused"


OBJECT_CENTRIC = (
    "“{}”是面向对象的事件日志（OCEL）：一个事项可以属于几个对象，没有“案件”可以认。"
    "请在流程挖掘软件里选定一种对象展平，另存为 XES 或 CSV 后再上传。"
)


class FileEmpty(ImportRefused):
    """There is nothing in the file, or nothing below the header."""

    code = "import-empty"


class FileTorn(ImportRefused):
    """The file stops in the middle, or its inside is damaged."""

    code = "import-torn"


class FileProtected(ImportRefused):
    """The file is encrypted and asks for a password."""

    code = "import-protected"


class FileTooLarge(ImportRefused):
    """The file, or what it unpacks to, is above a stated limit."""

    code = "import-too-large"


class FileKindUnknown(ImportRefused):
    """The content is not one of the kinds that are read, whatever its name ends in."""

    code = "import-kind"


class EncodingUnknown(ImportRefused):
    """The bytes are not text, or the text could be in several encodings."""

    code = "import-encoding"


class HeaderMissing(ImportRefused):
    """No row looks like a header, or a column the mapping needs is not there."""

    code = "import-header"


class MappingWrong(ImportRefused):
    """A column mapping is malformed or contradicts itself."""

    code = "import-mapping"
