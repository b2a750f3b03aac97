"""Questions over spreadsheets: understood whole, asked in SQL, told with the cells they rest on."""
