print("kumo-fixtures")
