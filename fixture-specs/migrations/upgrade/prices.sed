# Each line is {"id":N,"item":{…}}: "9.90 EUR" becomes the number 9.90 and the currency EUR.
s/"price-plan":\{"S":"([0-9.]+) ([A-Z]+)"\}/"currency":{"S":"\2"},"price":{"N":"\1"}/
