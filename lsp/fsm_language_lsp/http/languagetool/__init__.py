"""The HTTP protocol of LanguageTool, which Word, LibreOffice, browsers and editors already speak."""
