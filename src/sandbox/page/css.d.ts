/** The bundler puts them into page.css. */
declare module '*.css';
