"""Columns of well-known programs whose names say nothing by themselves, as data.

Each is written as the program writes it, less case; a name that other tables use for
something else does not belong here. They are the names of columns in exports and tables
of SAP (SD, Business One), Aspel SAE, CONTPAQi, Odoo, Magento, PrestaShop, Amazon, eBay,
Siigo, Oracle Simphony and the electronic documents of the Chilean SII.
"""

from collections.abc import Mapping

_NAMES: Mapping[str, str] = {
    "occurred_at": "fkdat, audat, cfecha, fecha_doc, fechaelab, date_add, fchemis",
    "transaction_id": "vbeln, cve_doc, cfolio, increment_id, id_order, order_id/name,"
    " order reference",
    "product_id": "matnr, cve_art, ccodigoproducto, default_code, product_reference,"
    " custom label, custom label (sku), mi num, vlrcodigo, c.n., codprod,"
    " product_id/default_code, cod. nacional",
    "description": "arktx, maktx, cnombreproducto, mi name, nmbitem, dscitem, desprod,"
    " full_product_name, longname",
    "quantity": "fkimg, kwmeng, cunidades, product_uom_qty, qtyitem, sales count,"
    " quantity-purchased, cantfacturada",
    "price_total": "netwr, tot_partida, ctotal, price_subtotal, row_total,"
    " base_row_total, item-price, montoitem, total_price_tax_incl, discpric,"
    " valor neto pos.",
    "price_unit": "netpr, cprecio, prcitem, unit_price_tax_incl, sold for, preunimb",
    "transaction_type": "fkart, auart, tipodte, codtipodte",
    "customer_id": "kunag, kunnr, cardcode, cve_clpv, ccodigocliente, rutrecep,"
    " order_partner_id, order_id/partner_id, codaux,"
    " national registration number, solicitante",
    "category": "matkl, categ_id, product_id/categ_id, grupo_art, lin_prod,"
    " item category code, gr.artículos",
    "unit_type": "vrkme, meins, unitmsr, unmditem, product_uom, product_uom_id,"
    " uni_venta",
    "cost_total": "wavwr, ccostoespecifico",
    "cost_unit": "stockprice, cosunitmov, p.m.c., original_wholesale_price,"
    " purchase_supplier_price",
    "margin": "grssprofit",
    "discount_total": "descuentomonto, totaldescmov, cdescuento1",
}
# As sure as what people write down for themselves, less than a field's own name.
KNOWN = 0.95
EXPORTED: Mapping[str, str] = {
    name.strip(): field for field, names in _NAMES.items() for name in names.split(",")
}
