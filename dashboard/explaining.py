"""Why a row or file was refused or remarked upon, and what to do, in plain words."""

import dataclasses
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Promise | str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What happened, and what the reader can do."""

    what: Words
    advice: Words


REFUSALS: Mapping[str, Explanation] = {
    "missing_required": Explanation(
        what=_("A value every sale needs is absent."),
        advice=_("Fill the cell in, or give the mapping a default."),
    ),
    "bad_date": Explanation(
        what=_("This is not a date in the order this column uses."),
        advice=_("Write it as the other rows do, or as 2024-03-05 10:30."),
    ),
    "date_out_of_range": Explanation(
        what=_("The date is before 1990 or after the end of next year."),
        advice=_("Correct the year."),
    ),
    "bad_number": Explanation(
        what=_("This is not a number as this column writes them."),
        advice=_("Use one decimal mark and one thousands mark in the whole column."),
    ),
    "number_out_of_range": Explanation(
        what=_("The number has too many digits to be kept exactly."),
        advice=_("At most 4 decimals; 12 whole digits, 10 for quantities."),
    ),
    "too_many_fields": Explanation(
        what=_("The record has more fields than the header."),
        advice=_("Quote the field that contains the delimiter."),
    ),
    "bad_encoding": Explanation(
        what=_("The record has bytes that are not text in the file's encoding."),
        advice=_("Save the file again as UTF-8."),
    ),
    "control_character": Explanation(
        what=_("A cell has a control character."),
        advice=_("Delete the invisible character."),
    ),
    "unbalanced_quote": Explanation(
        what=_("A quotation mark opens and does not close, or closes too early."),
        advice=_("Close it, or double the marks inside a quoted cell."),
    ),
    "field_too_long": Explanation(
        what=_("A cell is longer than a cell may be."),
        advice=_("Shorten the text; often a quotation mark is missing."),
    ),
    "formula_error": Explanation(
        what=_("The cell shows an error of a spreadsheet, which is no value."),
        advice=_("Repair the formula, or write the value, and save it again."),
    ),
    "already_corrected": Explanation(
        what=_("This refused row was repaired before, and has landed."),
        advice=_("Nothing; to change what landed, send it as an update."),
    ),
    "not_a_correction": Explanation(
        what=_("The row names no refused line of the file it corrects."),
        advice=_("Leave the column ayni_line as it was; send new rows by themselves."),
    ),
    "duplicate": Explanation(
        what=_("This sale was loaded before, and the file only adds new ones."),
        advice=_(
            "Nothing, if it is the same sale; to change it, send it as an update."
        ),
    ),
}
# Of rows that are accepted all the same.
REMARKS: Mapping[str, Explanation] = {
    "too_few_fields": Explanation(
        what=_("The row has fewer cells than the header; the rest was left empty."),
        advice=_("Nothing, if those cells are empty in your till as well."),
    ),
    "rounded": Explanation(
        what=_("A calculated number has more than 4 decimals, and was rounded to 4."),
        advice=_("Nothing, unless those decimals matter: then round it yourself."),
    ),
    "price_mismatch": Explanation(
        what=_("The total is far from quantity times unit price less discount."),
        advice=_("Check which of the columns is right, and send the row again."),
    ),
}
SEND_AGAIN = _("Send the file again. If it happens twice, tell support this code.")
FAILURES: Mapping[str, Explanation] = {
    "too_many_bad_rows": Explanation(
        what=_("More rows were refused than you allowed, so nothing was loaded."),
        advice=_("Repair the refused rows below, or allow more of them."),
    ),
    "stored_file_missing": Explanation(
        what=_("The file is no longer stored."), advice=_("Send it again.")
    ),
    "no_correction": Explanation(
        what=_("The file does not say which refused rows it repairs."),
        advice=_(
            "Repair the rows in the file as it was downloaded, and keep ayni_line."
        ),
    ),
    "rows_not_conserved": Explanation(
        what=_("The counts of the rows do not add up, so nothing was loaded."),
        advice=SEND_AGAIN,
    ),
    "store_refused_value": Explanation(
        what=_("The database refused a value, so nothing was loaded."),
        advice=SEND_AGAIN,
    ),
    "database_unavailable": Explanation(
        what=_("The database could not take the rows."),
        advice=_("Try again in some minutes; nothing was loaded."),
    ),
    "internal_error": Explanation(
        what=_("Something broke on our side. Nothing was loaded."), advice=SEND_AGAIN
    ),
    "memory_limit": Explanation(
        what=_("The file needs more memory than one may take. Nothing was loaded."),
        advice=_("Split the file, and send the parts one after the other."),
    ),
    "columns_unclear": Explanation(
        what=_("The headers do not say where some of the data is."),
        advice=_(
            "Say which column is what. You are asked once: the next file like this one"
            " goes through by itself."
        ),
    ),
    "review_requested": Explanation(
        what=_("The file was understood and waits for a person, as you asked."),
        advice=_("Look at what was understood, and let it go on."),
    ),
    "quality_below_threshold": Explanation(
        what=_("The quality is below what your company accepts; nothing was loaded."),
        advice=_("Repair the refused rows below and send the file again."),
    ),
    "bad_encoding_name": Explanation(
        what=_("The encoding that was asked for is not known."),
        advice=_("Leave the encoding out, so that it is detected."),
    ),
    "empty_file": Explanation(
        what=_("The file has no rows."),
        advice=_("Export it again from your till or spreadsheet."),
    ),
    "header_too_long": Explanation(
        what=_("A header is far too long."),
        advice=_("Check that the first line names the columns."),
    ),
    "line_too_long": Explanation(
        what=_("A line is far too long; often a quotation mark is missing."),
        advice=_("Look for a mark that opens and does not close."),
    ),
    "not_csv": Explanation(
        what=_("The content is not delimited text."),
        advice=_("In your spreadsheet choose “Save as” and then CSV."),
    ),
    "archive_method": Explanation(
        what=_("The file is packed in a way that is not read here."),
        advice=_("Pack it as .zip, .gz or .zst, or send it as it is."),
    ),
    "damaged_file": Explanation(
        what=_("The file is damaged or was cut off on its way."),
        advice=_("Export or pack it again, and send the new one."),
    ),
    "locked_file": Explanation(
        what=_("The file has a password."),
        advice=_("Save it without one."),
    ),
    "nested_archive": Explanation(
        what=_("The archive holds another archive or a workbook."),
        advice=_("Send what is inside by itself."),
    ),
    "not_one_file": Explanation(
        what=_("The archive holds no file, or several."),
        advice=_("Send each of them by itself."),
    ),
    "other_workbook": Explanation(
        what=_("This kind of spreadsheet is not read here."),
        advice=_("Open it and save it as .xlsx or as CSV."),
    ),
    "too_many_texts": Explanation(
        what=_("The texts of the workbook take too much memory."),
        advice=_("Save it as CSV and send that."),
    ),
    "unknown_sheet": Explanation(
        what=_("The workbook has no sheet of that name or number."),
        advice=_("Send it again with the name of one that it has."),
    ),
    "unpacks_too_far": Explanation(
        what=_("The file unpacks to far more than any sales do."),
        advice=_("Send it as it is, not packed."),
    ),
    "unsafe_archive": Explanation(
        what=_("The archive holds a link or a path instead of a file."),
        advice=_("Pack the file itself again."),
    ),
    "too_many_bytes": Explanation(
        what=_("The content is longer than one file may be."),
        advice=_("Split it by month or by week."),
    ),
    "too_many_columns": Explanation(
        what=_("The file has too many columns."),
        advice=_("Leave out those that have nothing to do with sales."),
    ),
    "too_many_rows": Explanation(
        what=_("The file has more rows than one file may have."),
        advice=_("Split it by month or by week."),
    ),
    "unknown_field": Explanation(
        what=_("The mapping names a field that does not exist."),
        advice=_("Correct the mapping; the documentation lists the fields."),
    ),
}
UNKNOWN_FAILURE = Explanation(
    what=_("The file could not be loaded. Nothing was kept of it."), advice=SEND_AGAIN
)
